package dev.sluice.admin;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType.LaunchOptions;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Page.GetByRoleOptions;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.AriaRole;
import dev.sluice.testsupport.browser.Chromium;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Pattern;

/** A person at a browser: finds things by what is written on them. */
final class BrowserPage implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Playwright playwright;
    private final Browser browser;
    private Page page;
    private final String address;
    private final List<String> errors = new CopyOnWriteArrayList<>();

    BrowserPage(Chromium chromium, String address) {
        this.address = address;
        Map<String, String> environment = new HashMap<>(System.getenv());
        environment.put("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1");
        playwright = Playwright.create(new Playwright.CreateOptions().setEnv(environment));
        environment.putAll(chromium.environment());
        browser = playwright
                .chromium()
                .launch(new LaunchOptions()
                        .setExecutablePath(chromium.program())
                        .setArgs(Chromium.ARGUMENTS)
                        .setEnv(environment));
        PlaywrightAssertions.setDefaultAssertionTimeout(PATIENCE.toMillis());
        page = emptyPage();
    }

    private Page emptyPage() {
        Page fresh = browser.newPage(new Browser.NewPageOptions().setViewportSize(1300, 900));
        fresh.setDefaultTimeout(PATIENCE.toMillis());
        fresh.onPageError(errors::add);
        return fresh;
    }

    /** Exceptions that no script caught. */
    List<String> errors() {
        return errors;
    }

    void open(String path) {
        page.navigate(address + path);
    }

    /** In a page without cookies, as somebody who was never here. */
    void logIn(String password) {
        logIn(password, "/");
    }

    /** As one who asks for a certain page and has to log in first. */
    void logIn(String password, String path) {
        page.close();
        page = emptyPage();
        open(path);
        type("User name", "admin");
        type("Password", password);
        press("Log in");
    }

    /** The field with that label in it or beside it. */
    void type(String label, String text) {
        // a star stands before the label of what is required
        Pattern name = Pattern.compile("^(\\* ?)?" + label + "$");
        page.getByRole(AriaRole.TEXTBOX, new GetByRoleOptions().setName(name)).fill(text);
    }

    void typeNumber(String label, String number) {
        page.getByRole(AriaRole.SPINBUTTON, new GetByRoleOptions().setName(label))
                .fill(number);
    }

    /** A field with several values: the text becomes one more of them. */
    void addTo(String label, String text) {
        Locator field = page.getByRole(AriaRole.COMBOBOX, new GetByRoleOptions().setName(label));
        field.fill(text);
        field.press("Enter");
    }

    /** One of a field's several values goes; by its cross, for the field takes no Backspace shortly after it was typed in. */
    void takeAway(String value) {
        page.getByTitle(value, new Page.GetByTitleOptions().setExact(true))
                .locator(".ant-select-selection-item-remove")
                .click();
    }

    /** One of the values that a field offers. */
    void choose(String label, String option) {
        page.getByRole(AriaRole.COMBOBOX, new GetByRoleOptions().setName(label)).click();
        page.locator(".ant-select-item-option").getByText(option).first().click();
    }

    void tick(String box) {
        box(box).check();
    }

    void seesTicked(String box, boolean ticked) {
        assertThat(box(box)).isChecked(new LocatorAssertions.IsCheckedOptions().setChecked(ticked));
    }

    private Locator box(String name) {
        return page.getByRole(AriaRole.CHECKBOX, new GetByRoleOptions().setName(name));
    }

    void press(String button) {
        page.getByRole(AriaRole.BUTTON, new GetByRoleOptions().setName(button).setExact(true))
                .click();
    }

    /** On the keyboard, to what has it. */
    void key(String name) {
        page.keyboard().press(name);
    }

    /** Waits until that button has the keyboard. */
    void isAt(String button) {
        assertThat(page.getByRole(
                        AriaRole.BUTTON, new GetByRoleOptions().setName(button).setExact(true)))
                .isFocused();
    }

    /** Waits until it can be pressed and nothing that was pressed before goes on in it. */
    void seesButton(String button) {
        assertThat(page.getByRole(
                        AriaRole.BUTTON, new GetByRoleOptions().setName(button).setExact(true)))
                .isVisible();
    }

    /** A button that was pressed before: what showed that it works may still be in its name. */
    void pressAgain(String button) {
        page.getByRole(AriaRole.BUTTON, new GetByRoleOptions().setName(Pattern.compile("^(loading )?" + button + "$")))
                .click();
    }

    void follow(String link) {
        page.getByRole(AriaRole.LINK, new GetByRoleOptions().setName(link)).click();
    }

    void pick(String text) {
        page.getByText(text, new Page.GetByTextOptions().setExact(true)).click();
    }

    void sees(String text) {
        assertThat(page.getByText(text).first()).isVisible();
    }

    void seesHeading(String text) {
        assertThat(page.getByRole(AriaRole.HEADING, new GetByRoleOptions().setName(text)))
                .isVisible();
    }

    /** What a field with that label holds. */
    void seesIn(String label, String text) {
        assertThat(page.getByRole(AriaRole.TEXTBOX, new GetByRoleOptions().setName(label)))
                .hasValue(text);
    }

    void reload() {
        page.reload();
    }

    void waitUntilHidden(String label) {
        assertThat(page.getByText(label).first()).isHidden();
    }

    void waitUntilGone(String text) {
        assertThat(page.getByText(text)).hasCount(0);
    }

    /** What the page looks like, for a person to look at when a test has failed. */
    void photograph(Path file) {
        page.screenshot(new Page.ScreenshotOptions().setPath(file));
    }

    @Override
    public void close() {
        browser.close();
        playwright.close();
    }
}

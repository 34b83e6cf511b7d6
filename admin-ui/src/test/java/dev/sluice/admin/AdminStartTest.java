package dev.sluice.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** What starting, and starting again, does. */
@ExtendWith(OutputCaptureExtension.class)
class AdminStartTest {
    private static final Pattern SHOWN = Pattern.compile("as 'admin' with the password (\\S+) ");
    private static final String SOURCE =
            "{'name':'a','kind':'MYSQL','host':'127.0.0.1','port':1,'username':'u','password':'s3cr3t-value','capture':{}}";

    @TempDir
    private Path data;

    @Test
    void makesUpAPasswordAndShowsItOnce(CapturedOutput output) {
        AdminServer.run(data, AdminServer.NO_BROKER).close();
        List<String> shown =
                SHOWN.matcher(output).results().map(result -> result.group(1)).toList();
        assertThat(shown).hasSize(1);

        try (AdminServer again =
                AdminServer.startWithPassword(data, shown.get(0), "--sluice.admin-password=too-late")) {
            assertThat(again.get("session").status()).isEqualTo(200);
        }
        Matcher everything = SHOWN.matcher(output);
        assertThat(everything.results()).hasSize(1);
    }

    @Test
    void keepsEverythingOverARestart() {
        String before;
        try (AdminServer admin = AdminServer.start(data, AdminServer.NO_BROKER)) {
            admin.post("data-sources", SOURCE);
            admin.post("data-sources", "{'name':'r','kind':'REDIS','host':'h','port':1}");
            String channel = "{'name':'c','pipelines':[{'name':'p','source':'a','target':'r','mappings':"
                    + "[{'schema':'s','table':'t','cache':{'key':'t:{id}','ttl':'PT1H'}}]}]}";
            assertThat(admin.post("channels?check=false", channel).status()).isEqualTo(201);
            before = admin.get("configuration").body()
                    + admin.get("configuration/history").body();
        }
        try (AdminServer admin = AdminServer.start(data, AdminServer.NO_BROKER)) {
            assertThat(admin.get("configuration").body()
                            + admin.get("configuration/history").body())
                    .isEqualTo(before);
        }
    }

    @Test
    void writesNoPasswordInClearToItsFilesOrItsLog(CapturedOutput output) throws IOException {
        try (AdminServer admin = AdminServer.start(data, AdminServer.NO_BROKER, "--logging.level.root=debug")) {
            assertThat(admin.post("data-sources", SOURCE).status()).isEqualTo(201);
            assertThat(admin.post("data-sources/a/test", "").status()).isEqualTo(200);
            assertThat(admin.post("data-sources", SOURCE.replace("'a'", "'B'")).status())
                    .isEqualTo(422);
            assertThat(admin.post("data-sources/test", SOURCE).status()).isEqualTo(200);
        }
        assertThat(output).contains("data source a").doesNotContain("s3cr3t-value");
        try (Stream<Path> files = Files.walk(data)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                String content = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
                assertThat(content)
                        .as(file.toString())
                        .doesNotContain("s3cr3t-value")
                        .doesNotContain(AdminServer.PASSWORD);
            }
        }
        assertThat(data.resolve("sluice-admin.mv.db"))
                .content(StandardCharsets.ISO_8859_1)
                .contains("enc:v1:");
    }

    @Test
    void doesNotStartWithoutASecretKeyAndSaysHowToMakeOne(CapturedOutput output) {
        assertThatThrownBy(() -> AdminServer.run(data, AdminServer.NO_BROKER, "--sluice.secret-key="))
                .isInstanceOf(RuntimeException.class);
        assertThat(output).contains("SLUICE_SECRET_KEY: is missing").contains("openssl rand -base64 32");
    }

    @Test
    void doesNotStartWithASecretKeyThatIsNone(CapturedOutput output) {
        assertThatThrownBy(() -> AdminServer.run(data, AdminServer.NO_BROKER, "--sluice.secret-key=short"))
                .isInstanceOf(RuntimeException.class);
        assertThat(output).contains("SLUICE_SECRET_KEY: must be 32 random bytes");
    }

    @Test
    void doesNotStartWithABrokerAddressThatIsNoneAndKeepsItsPassword(CapturedOutput output) {
        assertThatThrownBy(() -> AdminServer.run(data, "http://user:s3cr3t-value@host"))
                .isInstanceOf(RuntimeException.class);
        assertThat(output).contains("SLUICE_BROKER_URI must look like amqp://").doesNotContain("s3cr3t-value");
    }

    @Test
    void doesNotStartWithASettingItDoesNotKnow(CapturedOutput output) {
        assertThatThrownBy(() -> AdminServer.run(data, AdminServer.NO_BROKER, "--sluice.brokr-uri=x"))
                .isInstanceOf(RuntimeException.class);
        assertThat(output).contains("sluice.brokr-uri");
    }
}

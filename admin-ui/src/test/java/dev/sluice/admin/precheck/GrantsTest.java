package dev.sluice.admin.precheck;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class GrantsTest {
    @Test
    void readsGlobalPrivileges() {
        Grants grants = grants("GRANT SELECT, REPLICATION SLAVE ON *.* TO `u`@`%` WITH GRANT OPTION");
        assertThat(grants.globally("SELECT")).isTrue();
        assertThat(grants.globally("REPLICATION SLAVE")).isTrue();
        assertThat(grants.globally("REPLICATION CLIENT")).isFalse();
        assertThat(grants.onTable("SELECT", "any", "thing")).isTrue();
    }

    @Test
    void readsAllPrivileges() {
        Grants grants = grants("GRANT ALL PRIVILEGES ON `shop`.* TO 'u'@'%'", "GRANT PROXY ON ''@'' TO 'u'@'%'");
        assertThat(grants.onSchema("DELETE", "shop")).isTrue();
        assertThat(grants.onSchema("DELETE", "shop2")).isFalse();
        assertThat(grants.globally("DELETE")).isFalse();
    }

    @Test
    void readsPatternsOfSchemas() {
        Grants grants = grants("GRANT SELECT ON `shop\\_%`.* TO `u`@`%`", "GRANT INSERT ON `a_c`.* TO `u`@`%`");
        assertThat(grants.onSchema("SELECT", "shop_eu")).isTrue();
        assertThat(grants.onSchema("SELECT", "shopXeu")).isFalse();
        assertThat(grants.onSchema("INSERT", "abc")).isTrue();
        assertThat(grants.onSchema("INSERT", "abbc")).isFalse();
    }

    @Test
    void readsPrivilegesOnOneTable() {
        Grants grants = grants("GRANT SELECT ON `my_shop`.`odd``name` TO `u`@`%`");
        assertThat(grants.onTable("SELECT", "my_shop", "odd`name")).isTrue();
        assertThat(grants.onTable("SELECT", "myXshop", "odd`name")).isFalse();
        assertThat(grants.onSchema("SELECT", "my_shop")).isFalse();
    }

    @Test
    void doesNotTakeSomeColumnsForTheTable() {
        Grants grants = grants("GRANT SELECT (`id`, `name`), INSERT ON `s`.`t` TO `u`@`%`");
        assertThat(grants.onTable("SELECT", "s", "t")).isFalse();
        assertThat(grants.onTable("INSERT", "s", "t")).isTrue();
    }

    @Test
    void takesBackWhatIsPartlyRevoked() {
        Grants grants = grants("GRANT SELECT ON *.* TO `u`@`%`", "REVOKE SELECT ON `hr`.* FROM `u`@`%`");
        assertThat(grants.onSchema("SELECT", "shop")).isTrue();
        assertThat(grants.onSchema("SELECT", "hr")).isFalse();
    }

    @Test
    void passesOverRolesAndUsage() {
        Grants grants = grants("GRANT USAGE ON *.* TO `u`@`%`", "GRANT `reader`@`%` TO `u`@`%`");
        assertThat(grants.globally("SELECT")).isFalse();
    }

    private static Grants grants(String... lines) {
        return new Grants(List.of(lines));
    }
}

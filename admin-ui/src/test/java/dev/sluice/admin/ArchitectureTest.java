package dev.sluice.admin;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;
import org.springframework.web.bind.annotation.RestController;

/** Features stand side by side; what talks to the outside is at the edges. */
class ArchitectureTest {
    private final JavaClasses classes = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("dev.sluice.admin");

    @Test
    void packagesFormNoCycle() {
        slices().matching("dev.sluice.admin.(*)..").should().beFreeOfCycles().check(classes);
    }

    @Test
    void onlyPublisherStatusSchemaAndErrorStoreSpeakAmqp() {
        noClasses()
                .that()
                .resideOutsideOfPackages(
                        "dev.sluice.admin.background",
                        "dev.sluice.admin.configuration",
                        "dev.sluice.admin.status",
                        "dev.sluice.admin.schema",
                        "dev.sluice.admin.parked")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("com.rabbitmq..")
                .check(classes);
    }

    @Test
    void onlyConnectionOpensConnectionsToServers() {
        noClasses()
                .that()
                .resideOutsideOfPackage("dev.sluice.admin.connection")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("redis.clients..", "com.mysql..", "org.postgresql..", "oracle..")
                .orShould()
                .dependOnClassesThat()
                .haveFullyQualifiedName("java.sql.DriverManager")
                .check(classes);
    }

    @Test
    void controllersArePackagePrivateAndKnowNoDatabase() {
        classes()
                .that()
                .areAnnotatedWith(RestController.class)
                .should()
                .notBePublic()
                .check(classes);
        noClasses()
                .that()
                .areAnnotatedWith(RestController.class)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("java.sql..", "org.springframework.jdbc..")
                .check(classes);
    }

    @Test
    void featuresDoNotKnowEachOther() {
        for (String feature : new String[] {"datasource", "channel", "precheck", "status", "session", "parked"}) {
            noClasses()
                    .that()
                    .resideInAPackage("dev.sluice.admin." + feature)
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(java.util.stream.Stream.of(
                                    "datasource", "channel", "precheck", "status", "session", "parked")
                            .filter(other -> !other.equals(feature))
                            .map(other -> "dev.sluice.admin." + other)
                            .toArray(String[]::new))
                    .check(classes);
        }
    }
}

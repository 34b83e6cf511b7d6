package dev.sluice.capture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.List;
import org.junit.jupiter.api.Test;

class ArchitectureTest {
    private static final String ROOT = "dev.sluice.capture";
    /** In the order in which a change passes them. */
    private static final List<String> STAGES =
            List.of("takeover", "reading", "schema", "filter", "encode", "publish", "snapshot", "status");

    private final JavaClasses classes = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages(ROOT);

    @Test
    void aStageKnowsOnlyEarlierOnes() {
        for (int i = 0; i < STAGES.size(); i++) {
            for (String later : STAGES.subList(i + 1, STAGES.size())) {
                noClasses()
                        .that()
                        .resideInAPackage(ROOT + "." + STAGES.get(i))
                        .should()
                        .dependOnClassesThat()
                        .resideInAPackage(ROOT + "." + later)
                        .check(classes);
            }
            noClasses()
                    .that()
                    .resideInAPackage(ROOT + "." + STAGES.get(i))
                    .should()
                    .dependOnClassesThat()
                    .resideInAPackage(ROOT)
                    .check(classes);
        }
        slices().matching(ROOT + ".(*)..").should().beFreeOfCycles().check(classes);
    }

    @Test
    void brokerTypesStayAtTheEdges() {
        noClasses()
                .that()
                .resideInAnyPackage(
                        ROOT + ".reading",
                        ROOT + ".schema",
                        ROOT + ".filter",
                        ROOT + ".encode",
                        ROOT + ".snapshot",
                        ROOT + ".status")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("com.rabbitmq..")
                .check(classes);
    }

    @Test
    void nothingSpeaksJdbc() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("java.sql..", "javax.sql..")
                .check(classes);
    }

    @Test
    void springIsForTheRootAndForHealth() {
        noClasses()
                .that()
                .resideInAnyPackage(
                        ROOT + ".takeover",
                        ROOT + ".reading",
                        ROOT + ".schema",
                        ROOT + ".filter",
                        ROOT + ".encode",
                        ROOT + ".publish",
                        ROOT + ".snapshot")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.springframework..")
                .check(classes);
    }
}

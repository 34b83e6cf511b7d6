package dev.sluice.dispatch;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.List;
import org.junit.jupiter.api.Test;

class ArchitectureTest {
    /** In the order in which a row passes them. */
    private static final List<String> STAGES =
            List.of("intake", "routing", "ddl", "mapping", "partition", "publish", "state");

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("dev.sluice.dispatch");

    @Test
    void stagesKnowOnlyEarlierStages() {
        for (int i = 0; i < STAGES.size(); i++) {
            for (String later : STAGES.subList(i + 1, STAGES.size())) {
                noClasses()
                        .that()
                        .resideInAPackage("..dispatch." + STAGES.get(i))
                        .should()
                        .dependOnClassesThat()
                        .resideInAPackage("..dispatch." + later)
                        .check(CLASSES);
            }
            noClasses()
                    .that()
                    .resideInAPackage("..dispatch." + STAGES.get(i))
                    .should()
                    .dependOnClassesThat()
                    .resideInAPackage("dev.sluice.dispatch")
                    .check(CLASSES);
        }
    }

    @Test
    void stagesHaveNoCycles() {
        slices().matching("dev.sluice.dispatch.(*)..").should().beFreeOfCycles().check(CLASSES);
    }

    @Test
    void theBrokerIsMetOnlyAtTheEdges() {
        noClasses()
                .that()
                .resideInAnyPackage(
                        "..dispatch.routing", "..dispatch.ddl", "..dispatch.mapping", "..dispatch.partition")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("com.rabbitmq..", "dev.sluice.broker..")
                .check(CLASSES);
        noClasses()
                .that()
                .haveSimpleName("DispatchPipeline")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("com.rabbitmq..", "dev.sluice.broker..")
                .check(CLASSES);
    }

    @Test
    void stagesDoNotKnowSpring() {
        noClasses()
                .that()
                .resideInAnyPackage("..dispatch.*")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.springframework..")
                .check(CLASSES);
    }
}

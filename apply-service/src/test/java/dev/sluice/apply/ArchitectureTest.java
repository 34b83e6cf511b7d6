package dev.sluice.apply;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

class ArchitectureTest {
    private final JavaClasses classes = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("dev.sluice.apply");

    @Test
    void stagesUseOnlyTheStagesBeforeThem() {
        layeredArchitecture()
                .consideringOnlyDependenciesInLayers()
                .layer("root")
                .definedBy("dev.sluice.apply")
                .layer("collapse")
                .definedBy("dev.sluice.apply.collapse")
                .layer("sql")
                .definedBy("dev.sluice.apply.sql")
                .layer("statement")
                .definedBy("dev.sluice.apply.statement")
                .layer("create")
                .definedBy("dev.sluice.apply.create")
                .layer("write")
                .definedBy("dev.sluice.apply.write")
                .layer("failure")
                .definedBy("dev.sluice.apply.failure")
                .whereLayer("root")
                .mayNotBeAccessedByAnyLayer()
                .whereLayer("write")
                .mayOnlyBeAccessedByLayers("root")
                .whereLayer("collapse")
                .mayOnlyBeAccessedByLayers("sql", "write")
                .whereLayer("sql")
                .mayOnlyBeAccessedByLayers("write")
                .whereLayer("statement")
                .mayOnlyBeAccessedByLayers("write")
                .whereLayer("create")
                .mayOnlyBeAccessedByLayers("write")
                .whereLayer("failure")
                .mayOnlyBeAccessedByLayers("sql", "statement", "write")
                .check(classes);
    }

    @Test
    void onlyWhatMakesAndRunsSqlKnowsJdbc() {
        noClasses()
                .that()
                .resideOutsideOfPackages(
                        "dev.sluice.apply.sql",
                        "dev.sluice.apply.statement",
                        "dev.sluice.apply.create",
                        "dev.sluice.apply.write")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "java.sql..", "javax.sql..", "com.mysql..", "org.postgresql..", "oracle..", "com.zaxxer..")
                .check(classes);
    }

    @Test
    void nobodyKnowsTheBrokersClient() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAPackage("com.rabbitmq..")
                .check(classes);
    }
}

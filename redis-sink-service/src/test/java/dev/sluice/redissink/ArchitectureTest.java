package dev.sluice.redissink;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

class ArchitectureTest {
    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("dev.sluice.redissink");

    @Test
    void stagesKnowOnlyEarlierOnes() {
        layeredArchitecture()
                .consideringOnlyDependenciesInLayers()
                .layer("pipeline")
                .definedBy("dev.sluice.redissink")
                .layer("write")
                .definedBy("..write..")
                .layer("projection")
                .definedBy("..projection..")
                .layer("failure")
                .definedBy("..failure..")
                .whereLayer("pipeline")
                .mayNotBeAccessedByAnyLayer()
                .whereLayer("write")
                .mayOnlyBeAccessedByLayers("pipeline")
                .whereLayer("projection")
                .mayOnlyBeAccessedByLayers("pipeline", "write")
                .whereLayer("failure")
                .mayOnlyBeAccessedByLayers("pipeline", "write")
                .check(CLASSES);
    }

    @Test
    void onlyTheWriteStageKnowsRedis() {
        noClasses()
                .that()
                .resideOutsideOfPackage("dev.sluice.redissink.write..")
                .should()
                .dependOnClassesThat(resideInAPackage("io.lettuce.."))
                .check(CLASSES);
    }

    @Test
    void nobodyKnowsTheBroker() {
        noClasses()
                .should()
                .dependOnClassesThat(resideInAPackage("com.rabbitmq.."))
                .check(CLASSES);
    }

    @Test
    void stagesKnowNoSpring() {
        noClasses()
                .that()
                .resideInAnyPackage("..projection..", "..write..", "..failure..")
                .should()
                .dependOnClassesThat(resideInAPackage("org.springframework.."))
                .check(CLASSES);
    }
}

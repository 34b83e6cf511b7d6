package dev.sluice.admin.datasource;

import dev.sluice.admin.configuration.DataSourceView;
import dev.sluice.admin.configuration.Edit;
import dev.sluice.admin.connection.ConnectionTest;
import dev.sluice.admin.connection.ConnectionTester;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.net.URI;
import java.util.List;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** REST of data sources. */
@RestController
@RequestMapping("/api/v1/data-sources")
@Tag(name = "Data sources")
class DataSourceController {
    private final DataSources dataSources;
    private final ConnectionTester tester;

    DataSourceController(DataSources dataSources, ConnectionTester tester) {
        this.dataSources = dataSources;
        this.tester = tester;
    }

    @GetMapping
    @Operation(summary = "List data sources")
    List<DataSourceView> list() {
        return dataSources.all().stream().map(DataSourceView::of).toList();
    }

    @PostMapping
    @Operation(summary = "Create a data source")
    ResponseEntity<DataSourceView> create(@RequestBody DataSourceInput input, Edit edit) {
        DataSourceView created = DataSourceView.of(dataSources.create(input, edit));
        return ResponseEntity.created(URI.create("/api/v1/data-sources/" + created.name()))
                .body(created);
    }

    @GetMapping("/{name}")
    @Operation(summary = "Show a data source")
    DataSourceView get(@PathVariable String name) {
        return DataSourceView.of(dataSources.get(name));
    }

    @PutMapping("/{name}")
    @Operation(summary = "Change a data source; without a password the old one stays")
    DataSourceView replace(@PathVariable String name, @RequestBody DataSourceInput input, Edit edit) {
        return DataSourceView.of(dataSources.replace(name, input, edit));
    }

    @DeleteMapping("/{name}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(summary = "Delete a data source that no pipeline uses")
    void delete(@PathVariable String name, Edit edit) {
        dataSources.delete(name, edit);
    }

    @PostMapping("/test")
    @Operation(summary = "Connect to a server that is not saved yet")
    ConnectionTest testUnsaved(@RequestBody DataSourceInput input) {
        return tester.test(dataSources.unsaved(input));
    }

    @PostMapping("/{name}/test")
    @Operation(summary = "Connect to a server")
    ConnectionTest test(@PathVariable String name) {
        return tester.test(dataSources.get(name));
    }
}

package dev.sluice.apply.write;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.sluice.apply.sql.Dialect;
import dev.sluice.change.config.DataSource;
import dev.sluice.sink.write.Failure;
import java.sql.Connection;
import java.sql.SQLException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SqlErrorsTest {
    @ParameterizedTest
    @EnumSource(value = DataSource.Kind.class, mode = EnumSource.Mode.EXCLUDE, names = "REDIS")
    void triesAgainWhenThePoolHasClosedTheConnectionMeanwhile(DataSource.Kind kind) throws SQLException {
        SQLException closed = usedAfterItsEnd();

        Failure failure =
                SqlErrors.failed(Dialect.of(kind), "orders", closed, null).failure();

        assertThat(failure).isInstanceOf(Failure.Retryable.class);
        assertThat(failure.reason()).contains("orders", "Connection is closed");
    }

    private static SQLException usedAfterItsEnd() throws SQLException {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl("jdbc:h2:mem:");
        try (HikariDataSource pool = new HikariDataSource(config)) {
            Connection connection = pool.getConnection();
            connection.close();
            return catchThrowableOfType(SQLException.class, () -> connection.prepareStatement("SELECT 1"));
        }
    }
}

package dev.sluice.capture;

import dev.sluice.testsupport.servers.DatabaseServer;
import java.sql.Connection;
import java.sql.Statement;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/** The statements that tools for online schema changes send, as they document them, on the table {@code t (id, b, z, x)}. */
enum OnlineTool {
    /** Copies rows and replays the binlog into the copy; its last events under the lock of the cut-over. */
    GH_OST {
        @Override
        void prepare(Statement sql, String schema, String definition, String alter) throws Exception {
            sql.execute("create /* gh-ost */ table `" + schema + "`.`_t_ghc` (id bigint unsigned auto_increment,"
                    + " last_update timestamp not null DEFAULT CURRENT_TIMESTAMP ON UPDATE CURRENT_TIMESTAMP,"
                    + " hint varchar(64) charset ascii not null, value varchar(4096) charset ascii not null,"
                    + " primary key(id), unique key hint_uidx(hint)) comment='gh-ost changelog'");
            sql.execute("create /* gh-ost */ table `" + schema + "`.`_t_gho` like `" + schema + "`.`t`");
            sql.execute("alter /* gh-ost */ table `" + schema + "`.`_t_gho` " + alter);
            sql.execute("insert /* gh-ost */ into `" + schema + "`.`_t_ghc` (hint, value) values ('heartbeat', 'now')");
        }

        @Override
        void copy(Statement sql, String schema, int from, int to) throws Exception {
            sql.execute("insert /* gh-ost `" + schema + "`.`t` */ ignore into `" + schema
                    + "`.`_t_gho` (`id`, `b`, `y`)"
                    + " (select `id`, `b`, `x` from `" + schema + "`.`t` force index (`PRIMARY`) where id >= " + from
                    + " and id < " + to + " lock in share mode)");
            sql.execute("replace /* gh-ost `" + schema + "`.`_t_gho` */ into `" + schema + "`.`_t_gho` (`id`, `b`, `y`)"
                    + " select `id`, `b`, `x` from `" + schema + "`.`t` where id = " + from);
        }

        @Override
        void swap(DatabaseServer server, Statement sql, String schema) throws Exception {
            sql.execute("create /* gh-ost */ table `" + schema + "`.`_t_del` (id int auto_increment primary key)"
                    + " engine=InnoDB comment='ghost-cut-over-sentry'");
            sql.execute("lock /* gh-ost */ tables `" + schema + "`.`t` write, `" + schema + "`.`_t_del` write, `"
                    + schema + "`.`_t_gho` write");
            sql.execute("delete from `" + schema + "`.`_t_gho`");
            sql.execute("insert into `" + schema + "`.`_t_gho` (`id`, `b`, `y`) select `id`, `b`, `x` from `" + schema
                    + "`.`t`");
            ExecutorService thread = Executors.newSingleThreadExecutor();
            try (Connection other = server.connect(schema)) {
                Future<?> renamed = thread.submit(() -> {
                    other.createStatement()
                            .execute("rename /* gh-ost */ table `" + schema + "`.`t` to `" + schema + "`.`_t_del`, `"
                                    + schema + "`.`_t_gho` to `" + schema + "`.`t`");
                    return null;
                });
                Thread.sleep(300);
                sql.execute("drop /* gh-ost */ table if exists `" + schema + "`.`_t_del`");
                sql.execute("unlock /* gh-ost */ tables");
                renamed.get(60, TimeUnit.SECONDS);
            } finally {
                thread.shutdownNow();
            }
            sql.execute("drop /* gh-ost */ table if exists `" + schema + "`.`_t_ghc`");
            sql.execute("drop /* gh-ost */ table if exists `" + schema + "`.`_t_del`");
        }
    },

    /** Copies rows, and keeps the copy up to date by triggers. */
    PT_ONLINE_SCHEMA_CHANGE {
        @Override
        void prepare(Statement sql, String schema, String definition, String alter) throws Exception {
            sql.execute("USE `" + schema + "`");
            sql.execute("CREATE TABLE `" + schema + "`.`_t_new` " + definition);
            sql.execute("ALTER TABLE `" + schema + "`.`_t_new` " + alter);
            String table = "`" + schema + "`.`t` FOR EACH ROW ";
            String copy = "`" + schema + "`.`_t_new`";
            sql.execute("CREATE TRIGGER `pt_osc_" + schema + "_t_del` AFTER DELETE ON " + table + "DELETE IGNORE FROM "
                    + copy + " WHERE " + copy + ".`id` <=> OLD.`id`");
            sql.execute("CREATE TRIGGER `pt_osc_" + schema + "_t_upd` AFTER UPDATE ON " + table + "BEGIN"
                    + " DELETE IGNORE FROM " + copy + " WHERE !(OLD.`id` <=> NEW.`id`) AND " + copy
                    + ".`id` <=> OLD.`id`; REPLACE INTO " + copy
                    + " (`id`, `b`, `y`) VALUES (NEW.`id`, NEW.`b`, NEW.`x`); END");
            sql.execute("CREATE TRIGGER `pt_osc_" + schema + "_t_ins` AFTER INSERT ON " + table + "REPLACE INTO " + copy
                    + " (`id`, `b`, `y`) VALUES (NEW.`id`, NEW.`b`, NEW.`x`)");
        }

        @Override
        void copy(Statement sql, String schema, int from, int to) throws Exception {
            sql.execute("INSERT LOW_PRIORITY IGNORE INTO `" + schema
                    + "`.`_t_new` (`id`, `b`, `y`) SELECT `id`, `b`, `x`"
                    + " FROM `" + schema + "`.`t` FORCE INDEX(`PRIMARY`) WHERE ((`id` >= " + from + ")) AND ((`id` < "
                    + to + ")) LOCK IN SHARE MODE /*pt-online-schema-change 4711 copy nibble*/");
        }

        @Override
        void swap(DatabaseServer server, Statement sql, String schema) throws Exception {
            sql.execute("ANALYZE TABLE `" + schema + "`.`_t_new` /* pt-online-schema-change */");
            sql.execute("RENAME TABLE `" + schema + "`.`t` TO `" + schema + "`.`_t_old`, `" + schema + "`.`_t_new` TO `"
                    + schema + "`.`t`");
            sql.execute("DROP TABLE IF EXISTS `" + schema + "`.`_t_old`");
            for (String event : new String[] {"del", "upd", "ins"}) {
                sql.execute("DROP TRIGGER IF EXISTS `" + schema + "`.`pt_osc_" + schema + "_t_" + event + "`");
            }
        }
    };

    abstract void prepare(Statement sql, String schema, String definition, String alter) throws Exception;

    abstract void copy(Statement sql, String schema, int from, int to) throws Exception;

    abstract void swap(DatabaseServer server, Statement sql, String schema) throws Exception;
}

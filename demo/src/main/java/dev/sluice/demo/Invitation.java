package dev.sluice.demo;

import dev.sluice.demo.stack.Stack;
import java.io.PrintStream;

/** What to look at and what to try, with the addresses of this run. */
final class Invitation {
    private final Stack stack;

    Invitation(Stack stack) {
        this.stack = stack;
    }

    void print(PrintStream out) {
        var source = stack.source();
        var target = stack.target();
        var redis = stack.redis();
        out.printf(
                """

                Everything runs. Ctrl-C stops and removes it.

                  UI        %s   user admin, password %s
                  REST      %s/swagger-ui.html
                  RabbitMQ  %s   user %s, password %s

                Three things to try:
                  1. Insert a row at the source (or paste the statement into any client: 127.0.0.1:%d, user %s, password %s)
                       mysql -h127.0.0.1 -P%d -u%s -p%s shop -e "INSERT INTO orders (customer_id,status,total,version,placed,note) VALUES (1,'new',42.00,1,NOW(6),'my order'); SELECT LAST_INSERT_ID()"
                  2. See it arrive at the target and in Redis
                       mysql -h127.0.0.1 -P%d -u%s -p%s shop -e "SELECT * FROM orders WHERE note='my order'"
                       redis-cli -p %d -a %s GET order:<id>
                  3. Kill a service and see that no row is lost: backlog and lag grow until it is back
                       kill -9 %d     # apply; the demo starts it again within 10 s

                """,
                stack.services().adminUrl(),
                stack.services().adminPassword(),
                stack.services().adminUrl(),
                stack.broker().managementUrl(),
                stack.broker().user(),
                stack.broker().password(),
                source.port(),
                source.user(),
                source.password(),
                source.port(),
                source.user(),
                source.password(),
                target.port(),
                target.user(),
                target.password(),
                redis.port(),
                redis.password(),
                stack.services().get("apply", 0).pid().orElse(0));
    }
}

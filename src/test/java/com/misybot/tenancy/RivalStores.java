package com.misybot.tenancy;

import com.misybot.tenancy.context.TestRedisClient;
import com.misybot.tenancy.embedded.Administrator;
import com.misybot.tenancy.embedded.TestRedis;
import com.mongodb.client.MongoClient;
import io.lettuce.core.ScanArgs;
import io.lettuce.core.ScanIterator;
import java.nio.file.Path;
import java.util.Objects;
import org.springframework.context.ApplicationContext;

/** Everything that the stores have of a tenant, as text, seen by those who may see all. */
final class RivalStores {

    private static final String TABLES = """
            select c.relname, substring(obj_description(c.oid, 'pg_class') from '^[^.]*\\mby=(\\w+)') as owner
            from pg_class c
            where c.relnamespace = 'public'::regnamespace and obj_description(c.oid, 'pg_class') like 'tenant-owned %'""";

    private final ApplicationContext context;

    RivalStores(ApplicationContext context) {
        this.context = context;
    }

    /** All rows that are the tenant's, of all tenant-owned tables. */
    String postgres(Rival of) {
        var jdbc = Administrator.of(context.getEnvironment());
        var text = new StringBuilder();
        for (var table : jdbc.queryForList(TABLES)) {
            var rows = "select t::text from \"%s\" t where t.\"%s\" = ?"
                    .formatted(table.get("relname"), table.get("owner"));
            jdbc.queryForList(rows, String.class, of.id())
                    .forEach(row -> text.append(row).append('\n'));
        }
        return text.toString();
    }

    /** All keys of the tenant with their values, and what its site leads to. */
    String redis(Rival of) {
        var engines = Path.of(context.getEnvironment().getRequiredProperty("tenancy.embedded.data-dir"));
        var text = new StringBuilder();
        try (var client = new TestRedisClient(TestRedis.of(engines).url())) {
            var redis = client.commands();
            var keys = ScanIterator.scan(
                    redis, ScanArgs.Builder.matches("t:{" + of.id() + "}:*").limit(1000));
            while (keys.hasNext()) {
                var key = keys.next();
                text.append(key).append(' ');
                switch (redis.type(key)) {
                    case "string" -> text.append(redis.get(key));
                    case "hash" -> text.append(redis.hgetall(key));
                    case "set" -> text.append(redis.smembers(key));
                    case "zset" -> text.append(redis.zrangeWithScores(key, 0, -1));
                    case "none" -> {} // expired meanwhile
                    default -> throw new IllegalStateException("A value of another type at " + key);
                }
                text.append('\n');
            }
        }
        return text.toString();
    }

    /** All documents in the tenant's collections. */
    String mongo(Rival of) {
        var database = context.getBean(MongoClient.class).getDatabase("tenancy");
        var begin = "t_" + of.id().toString().replace("-", "") + "__";
        var text = new StringBuilder();
        for (var name : database.listCollectionNames()) {
            if (Objects.requireNonNull(name).startsWith(begin)) {
                database.getCollection(name)
                        .find()
                        .forEach(document -> text.append(document.toJson()).append('\n'));
            }
        }
        return text.toString();
    }
}

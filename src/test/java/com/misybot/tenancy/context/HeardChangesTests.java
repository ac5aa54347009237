package com.misybot.tenancy.context;

import static com.misybot.tenancy.Api.freeSlug;
import static org.awaitility.Awaitility.await;

import com.misybot.tenancy.Api;
import com.misybot.tenancy.context.redis.RedisEars;
import com.misybot.tenancy.kernel.RedisKeys;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.context.ApplicationContext;
import org.springframework.data.redis.core.StringRedisTemplate;
import org.springframework.test.context.TestConstructor;
import org.springframework.test.context.TestConstructor.AutowireMode;

@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT)
@TestConstructor(autowireMode = AutowireMode.ALL)
class HeardChangesTests {

    private final Api api;
    private final StringRedisTemplate redis;
    private final Set<UUID> forgotten = ConcurrentHashMap.newKeySet();

    HeardChangesTests(ApplicationContext context, RedisEars ears, KnownTenants known, StringRedisTemplate redis) {
        this.api = Api.operator(context);
        this.redis = redis;
        var _ = new HeardChanges(ears, known, List.of(forgotten::add));
    }

    private void isTold(UUID tenant) {
        await().until(() -> forgotten.remove(tenant));
    }

    @Test
    void hearsOfEveryChangeOfATenantAlsoOutsideOfItsContext() {
        var slug = freeSlug();
        var created = api.post("/tenants", Api.tenant(slug));
        var id = UUID.fromString(created.text("/id"));
        isTold(id);

        api.post("/tenants/" + slug + "/suspend", "{\"reason\":\"because\"}");
        isTold(id);
        api.post("/tenants/" + slug + "/secrets", "{}");
        isTold(id);
    }

    @Test
    void passesOverWhatNoInstanceSays() {
        var id = UUID.randomUUID();
        for (var message : List.of("", ":", "nonsense", "nonsense:1", id + ":", id + ":one", id + ":1")) {
            redis.convertAndSend(RedisKeys.CHANGED, message);
        }
        isTold(id);
    }
}

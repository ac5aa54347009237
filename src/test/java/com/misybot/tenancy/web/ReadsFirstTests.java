package com.misybot.tenancy.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.misybot.tenancy.Api;
import com.misybot.tenancy.kernel.Turns;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.context.ApplicationContext;

/** Which requests changes make way for. */
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT)
class ReadsFirstTests {

    @Autowired
    private ApplicationContext context;

    @Autowired
    private Turns turns;

    @Test
    void changesMakeWayForThoseThatReadAndNotForEachOther() {
        var api = Api.operator(context);
        await().until(() -> {
            api.get("/tenants?pageSize=1");
            return turns.isReadBeside();
        });
        await().pollInterval(Duration.ofMillis(200)).until(() -> {
            assertThat(api.post("/tenants", "{}").status()).isEqualTo(400);
            return !turns.isReadBeside();
        });
    }
}

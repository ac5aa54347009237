package com.misybot.tenancy;

import static com.misybot.tenancy.Api.freeSlug;
import static com.misybot.tenancy.Api.tenant;
import static org.assertj.core.api.Assertions.assertThat;

import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * A request whose transaction loses to others: PostgreSQL says so as often as is planted. A sequence counts the attempts,
 * because no rollback undoes it.
 */
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT)
class LostTransactionTests {

    private final ApplicationContext context;
    private final JdbcTemplate owner;

    LostTransactionTests(
            @Autowired ApplicationContext context, @Autowired @Qualifier("ownerDataSource") DataSource owner) {
        this.context = context;
        this.owner = new JdbcTemplate(owner);
    }

    @AfterEach
    void takeItOut() {
        owner.execute("drop trigger planted on tenant; drop function planted_loss(); drop sequence planted_attempt");
    }

    @Test
    void isDoneThoughItWasLostTwice() {
        plantLosses(2, "40P01");
        var slug = freeSlug();

        var answer = Api.operator(context).post("/tenants", tenant(slug));

        assertThat(answer.status()).as(answer.toString()).isEqualTo(201);
        assertThat(attempts()).isEqualTo(3);
        assertThat(rows(slug)).isEqualTo(1);
    }

    @Test
    void isUnavailableForNowWhereItIsLostAThirdTime() {
        for (var state : new String[] {"40001", "40P01"}) {
            plantLosses(3, state);
            var slug = freeSlug();

            var answer = Api.operator(context).post("/tenants", tenant(slug));

            assertThat(answer.status()).as(answer.toString()).isEqualTo(503);
            assertThat(answer.text("/code")).isEqualTo("unavailable");
            assertThat(Integer.parseInt(answer.header("Retry-After"))).isPositive();
            assertThat(attempts()).isEqualTo(3);
            assertThat(rows(slug)).isZero();
        }
    }

    private void plantLosses(int losses, String state) {
        owner.execute("drop trigger if exists planted on tenant; drop sequence if exists planted_attempt;"
                + " create sequence planted_attempt; grant usage on sequence planted_attempt to tenancy_platform");
        owner.execute("""
                create or replace function planted_loss() returns trigger language plpgsql as $$
                begin
                    if nextval('public.planted_attempt') <= %d then
                        raise exception 'lost' using errcode = '%s';
                    end if;
                    return new;
                end $$""".formatted(losses, state));
        owner.execute("create trigger planted before insert on tenant for each row execute function planted_loss()");
    }

    private int attempts() {
        return value("select last_value from planted_attempt");
    }

    private int rows(String slug) {
        return value("select count(*) from tenant where tenant_id = ?", slug);
    }

    private int value(String sql, Object... arguments) {
        return java.util.Objects.requireNonNull(owner.queryForObject(sql, Integer.class, arguments));
    }
}

package com.misybot.tenancy.context.mirror;

import com.misybot.tenancy.context.redis.RedisAwayException;
import com.misybot.tenancy.context.redis.RedisDoor;
import com.misybot.tenancy.lifecycle.ProvisioningStep;
import com.misybot.tenancy.tenant.ServedTenants;
import java.time.Duration;
import java.util.List;
import org.springframework.stereotype.Component;

/**
 * Has Redis know of a new tenant before anybody may ask for it. Its registration has told Redis already, unless Redis was away: then, and only then, it is
 * read again.
 */
@Component
class MirrorStep implements ProvisioningStep {

    /** How long the door to Redis stays shut once it is. */
    private static final Duration AGAIN = Duration.ofSeconds(1);

    private final ServedTenants served;
    private final Mirror mirror;
    private final RedisDoor redis;

    MirrorStep(ServedTenants served, Mirror mirror, RedisDoor redis) {
        this.served = served;
        this.mirror = mirror;
        this.redis = redis;
    }

    @Override
    public String name() {
        return "mirror";
    }

    @Override
    public int order() {
        return 800;
    }

    @Override
    public Outcome run(Provisioned tenant) {
        if (!redis.isConfigured()) {
            return Outcome.completed();
        }
        try {
            if (!mirror.knows(tenant.id())) {
                mirror.write(served.byId(List.of(tenant.id())));
            }
            return Outcome.completed();
        } catch (RedisAwayException away) {
            return Outcome.retry(AGAIN, "Redis does not answer.");
        }
    }

    /** What Redis knows is what the tenant is, also where that is PROVISIONING_FAILED: the change that says so brings it there. */
    @Override
    public Outcome compensate(Provisioned tenant) {
        return Outcome.completed();
    }
}

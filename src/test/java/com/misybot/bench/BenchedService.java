package com.misybot.bench;

import com.misybot.tenancy.TenancyApplication;
import org.springframework.boot.SpringApplication;
import org.springframework.context.Lifecycle;

/** The service as it is, and in the same process the bare endpoints to compare it with. */
final class BenchedService {

    private BenchedService() {}

    public static void main(String[] args) {
        var service = SpringApplication.run(TenancyApplication.class, args);
        try {
            BareServer.start(service.getEnvironment());
            if (!service.getEnvironment().getProperty("bench.jobs", Boolean.class, true)) {
                // what is registered waits: registering alone is measured
                service.getBean("jobScheduler", Lifecycle.class).stop();
            }
        } catch (RuntimeException e) {
            service.close();
            throw e;
        }
    }
}

package com.misybot.bench;

import com.misybot.tenancy.TenancyApplication;
import org.springframework.boot.SpringApplication;

/** The service as it is, and in the same process the bare endpoints to compare it with. */
final class BenchedService {

    private BenchedService() {}

    public static void main(String[] args) {
        var service = SpringApplication.run(TenancyApplication.class, args);
        try {
            BareServer.start(service.getEnvironment());
        } catch (RuntimeException e) {
            service.close();
            throw e;
        }
    }
}

package com.misybot.bench;

import com.misybot.tenancy.TenancyApplication;
import java.util.Arrays;
import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.Lifecycle;

/** The service as it is, and in the same process the bare endpoints to compare it with. */
final class BenchedService {

    private static final String WITHOUT = "--bench.without=";

    private BenchedService() {}

    public static void main(String[] args) {
        var application = new SpringApplicationBuilder(TenancyApplication.class);
        Arrays.stream(args)
                .filter(argument -> argument.startsWith(WITHOUT))
                .map(argument -> argument.substring(WITHOUT.length()))
                .forEach(bean -> application.initializers(service -> leaveOut(bean, service)));
        var service = application.run(args);
        try {
            BareServer.start(service);
            if (!service.getEnvironment().getProperty("bench.jobs", Boolean.class, true)) {
                // what is registered waits: registering alone is measured
                service.getBean("jobScheduler", Lifecycle.class).stop();
            }
        } catch (RuntimeException e) {
            service.close();
            throw e;
        }
    }

    /** The setting that leaves a bean of the service out. */
    static String without(String bean) {
        return WITHOUT + bean;
    }

    private static void leaveOut(String bean, ConfigurableApplicationContext service) {
        service.addBeanFactoryPostProcessor(beans -> ((BeanDefinitionRegistry) beans).removeBeanDefinition(bean));
    }
}

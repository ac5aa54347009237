package com.misybot.tenancy.operation;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;

/** One context for all tests of operations, quick where the service takes its time. */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@SpringBootTest(
        classes = OperationTestApplication.class,
        webEnvironment = WebEnvironment.RANDOM_PORT,
        properties = {
            "tenancy.operation.job.poll-interval=50ms",
            "tenancy.operation.refresh-interval=50ms",
            "tenancy.operation.report-interval=1ms",
            "tenancy.operation.heartbeat-interval=50ms",
            "tenancy.operation.retries=1",
            "tenancy.operation.max-followers=2",
            "spring.threads.virtual.enabled=true",
        })
@interface OperationTest {}

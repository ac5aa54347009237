package com.misybot.tenancy.operation.web;

import com.misybot.tenancy.operation.OperationSettings;
import com.misybot.tenancy.operation.Operations;
import com.misybot.tenancy.web.AddressedResource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import tools.jackson.databind.json.JsonMapper;

@Configuration(proxyBeanMethods = false)
class OperationWebConfiguration {

    @Bean
    OperationEvents operationEvents(Operations operations, JsonMapper json, OperationSettings settings) {
        return new OperationEvents(operations, json, settings);
    }

    @Bean
    AddressedResource addressedOperation(Operations operations) {
        return new AddressedOperation(operations);
    }
}

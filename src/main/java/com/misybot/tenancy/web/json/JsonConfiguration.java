package com.misybot.tenancy.web.json;

import com.misybot.tenancy.web.RequestBodies;
import jakarta.validation.Validator;
import org.springframework.boot.jackson.autoconfigure.JsonMapperBuilderCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import tools.jackson.databind.json.JsonMapper;

@Configuration(proxyBeanMethods = false)
class JsonConfiguration {

    @Bean
    JsonMapperBuilderCustomizer strictJson() {
        return new StrictJson();
    }

    @Bean
    RequestBodies requestBodies(JsonMapper json, Validator validator) {
        return new StrictBodies(json, validator);
    }
}

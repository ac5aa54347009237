package com.misybot.tenancy.security;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Who may call.
 *
 * @param operatorKeyFile where the first operator key is left, made at start while no operator key exists; where it is not set,
 *     the command {@code issue-operator-key} makes it. The embedded database sets it to {@code operator.key} in its directory
 * @param apiPageOpen whether the API document and its page are shown without a credential; profile {@code prod} closes them
 */
@ConfigurationProperties("tenancy.security")
record SecuritySettings(
        @Nullable Path operatorKeyFile,
        @DefaultValue("true") boolean apiPageOpen) {}

package com.misybot.tenancy.tenant.web;

import com.misybot.tenancy.tenant.Effects;
import io.swagger.v3.oas.annotations.media.Schema;

/** What a state does to what a tenant has, on the wire. */
@Schema(
        name = "Effects",
        description = "What the move did to what the tenant has.",
        requiredProperties = {"sites", "secrets", "sessions"},
        example = "{\"sites\":\"REFUSED\",\"secrets\":\"REFUSED\",\"sessions\":\"ENDED\"}")
record EffectsBody(
        @Schema(
                description =
                        "What a platform service gets that resolves a site: `SERVED` its context, `REFUSED` 403, `UNKNOWN` 404.")
        Effects.Sites sites,

        @Schema(description = "`REFUSED` ones are accepted again once the tenant is active.")
        Effects.Secrets secrets,

        @Schema(
                description =
                        "`LIVE`: they can be started; those that ended before stay ended. `ENDED`: for good, and none"
                                + " can be started.")
        Effects.Sessions sessions) {

    static EffectsBody from(Effects effects) {
        return new EffectsBody(effects.sites(), effects.secrets(), effects.sessions());
    }
}

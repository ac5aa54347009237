package com.misybot.tenancy.onboarding.web;

import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;

/** What stands for the credential of an applicant: in a body, where no log has it. */
@Schema(name = "ApplicantToken")
record TokenRequest(
        @NotNull
        @Size(max = 200)
        @Schema(
                description = "The token of a mail's link, or the one that the answer to it showed.",
                example = "misy_inv_…")
        String token) {

    @Override
    public String toString() {
        return "TokenRequest[withheld]";
    }
}

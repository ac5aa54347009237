package com.misybot.tenancy.onboarding.web;

import com.misybot.tenancy.kernel.Origin;
import com.misybot.tenancy.kernel.TenantId;
import com.misybot.tenancy.onboarding.Contact;
import com.misybot.tenancy.onboarding.Wish;
import com.misybot.tenancy.tenant.profile.BusinessName;
import com.misybot.tenancy.tenant.profile.ContactName;
import com.misybot.tenancy.tenant.profile.EmailAddress;
import com.misybot.tenancy.tenant.profile.PlanId;
import com.misybot.tenancy.web.FieldError;
import io.swagger.v3.oas.annotations.media.ArraySchema;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** An application, on the wire. */
@Schema(name = "Apply")
record ApplyRequest(
        @Schema(
                requiredMode = Schema.RequiredMode.REQUIRED,
                description = "What the business is called.",
                example = "Acme Dental Studio",
                minLength = 1,
                maxLength = 200)
        @Nullable
        String organisation,

        @Schema(
                description = "The slug the tenant would like; made from the name where it is left out.",
                example = "acme-dental",
                pattern = TenantId.PATTERN,
                minLength = 2,
                maxLength = 63)
        @Nullable
        String tenantId,

        @Schema(
                requiredMode = Schema.RequiredMode.REQUIRED,
                description = "Where mails are read; kept sealed.",
                example = "anna@acme-dental.example",
                maxLength = 254)
        @Nullable
        String email,

        @Schema(description = "Whom to talk to; kept sealed.", example = "Anna Schmidt", maxLength = 200) @Nullable
        String contactName,

        @ArraySchema(
                minItems = 1,
                maxItems = Wish.MOST_ORIGINS,
                arraySchema =
                        @Schema(
                                requiredMode = Schema.RequiredMode.REQUIRED,
                                description =
                                        "Origins whose pages shall talk for the tenant; the first one is proven."),
                schema = @Schema(example = "https://www.acme-dental.example", maxLength = 2048))
        @Nullable
        List<@Nullable String> origins,

        @Schema(
                description = "What the tenant would like to get; an operator decides, or the invitation.",
                example = "standard",
                pattern = "^[a-z0-9-]{2,32}$",
                maxLength = 32)
        @Nullable
        String plan,

        @Schema(description = "The code of an invitation.", example = "misy_inv_…", maxLength = 200) @Nullable
        String invitation) {

    /** What is applied for, and by whom. */
    record Applied(Wish wish, Contact contact) {}

    Applied toApplication(boolean localhost) {
        var texts = new Texts();
        var name = texts.required("/organisation", organisation, BusinessName::new);
        var slug = texts.value("/tenantId", tenantId, TenantId::new);
        var address = texts.required("/email", email, EmailAddress::new);
        var person = texts.value("/contactName", contactName, ContactName::new);
        var pages = pages(texts, localhost);
        var wantedPlan = texts.value("/plan", plan, PlanId::new);
        texts.requireGood();
        return new Applied(
                new Wish(Objects.requireNonNull(name).value(), slug, pages, wantedPlan),
                new Contact(Objects.requireNonNull(address), person));
    }

    private List<Origin> pages(Texts texts, boolean localhost) {
        if (origins == null || origins.isEmpty()) {
            texts.refuse("/origins", FieldError.REQUIRED, "Name at least the origin of your site.");
            return List.of();
        }
        if (origins.size() > Wish.MOST_ORIGINS) {
            texts.refuse("/origins", FieldError.LENGTH, "At most " + Wish.MOST_ORIGINS + " are possible.");
            return List.of();
        }
        var pages = new LinkedHashSet<Origin>();
        for (var i = 0; i < origins.size(); i++) {
            var page = texts.required("/origins/" + i, origins.get(i), text -> Origin.of(text, localhost));
            if (page != null) {
                pages.add(page);
            }
        }
        return List.copyOf(pages);
    }

    @Override
    public String toString() {
        return "ApplyRequest[personal]";
    }
}

package com.misybot.tenancy.tenant.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.misybot.tenancy.tenant.profile.Business;
import com.misybot.tenancy.tenant.profile.BusinessName;
import com.misybot.tenancy.tenant.profile.ContactName;
import com.misybot.tenancy.tenant.profile.CountryCode;
import com.misybot.tenancy.tenant.profile.EmailAddress;
import com.misybot.tenancy.tenant.profile.Industry;
import com.misybot.tenancy.tenant.profile.LanguageTag;
import com.misybot.tenancy.tenant.profile.PhoneNumber;
import com.misybot.tenancy.tenant.profile.TimeZoneId;
import com.misybot.tenancy.tenant.profile.Website;
import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** A business on the wire, in requests and answers alike. */
@Schema(name = "Business", description = "Who a tenant is in the world.")
@JsonInclude(JsonInclude.Include.NON_NULL)
record BusinessBody(
        @Schema(
                requiredMode = Schema.RequiredMode.REQUIRED,
                description = "What the business is called, kept in NFC.",
                example = "Acme Dental",
                minLength = 1,
                maxLength = 200)
        @Nullable
        String name,

        @Schema(description = "Its name in the register.", example = "Acme Dental GmbH", maxLength = 200) @Nullable
        String legalName,

        @Schema(description = "What it does.", example = "Dentistry", maxLength = 100) @Nullable
        String industry,

        @Schema(
                description = "Where it is on the web, http or https.",
                example = "https://acme-dental.example/",
                maxLength = 2048)
        @Nullable
        String website,

        @Schema(description = "Whom to talk to.", example = "Anna Acme", maxLength = 200) @Nullable
        String contactName,

        @Schema(description = "Their address.", example = "anna@acme-dental.example", format = "email", maxLength = 254)
        @Nullable
        String email,

        @Schema(
                description = "Their number in E.164.",
                example = "+4930901820",
                pattern = "^\\+[1-9][0-9]{6,14}$",
                maxLength = 16)
        @Nullable
        String phone,

        @Schema(description = "ISO 3166-1 alpha-2.", example = "DE", pattern = "^[A-Za-z]{2}$", maxLength = 2) @Nullable
        String country,

        @Schema(description = "BCP 47.", example = "de-DE", maxLength = 35) @Nullable
        String locale,

        @Schema(description = "Of the IANA database.", example = "Europe/Berlin", maxLength = 64) @Nullable
        String timeZone) {

    static BusinessBody from(Business business) {
        return new BusinessBody(
                business.name(),
                business.legalName(),
                business.industry(),
                business.website(),
                business.contactName(),
                business.email(),
                business.phone(),
                business.country(),
                business.locale(),
                business.timeZone());
    }

    Business toBusiness(Fields fields) {
        return new Business(
                fields.required("/business/name", name, text -> new BusinessName(text).value(), ""),
                fields.text("/business/legalName", legalName, BusinessName::new),
                fields.text("/business/industry", industry, Industry::new),
                fields.text("/business/website", website, Website::new),
                fields.value("/business/contactName", contactName, text -> new ContactName(text).value()),
                fields.value("/business/email", email, text -> new EmailAddress(text).value()),
                fields.value("/business/phone", phone, text -> new PhoneNumber(text).value()),
                fields.text("/business/country", country, CountryCode::new),
                fields.text("/business/locale", locale, LanguageTag::new),
                fields.text("/business/timeZone", timeZone, TimeZoneId::new));
    }
}

package com.misybot.tenancy.tenant.profile;

import jakarta.persistence.Column;
import jakarta.persistence.Embeddable;
import org.jspecify.annotations.Nullable;

/**
 * Who a tenant is in the world. Every text is canonical, as the value type of its field makes it.
 *
 * @param name what the business is called, 1 to 200 characters in NFC
 * @param legalName its name in the register
 * @param industry what it does
 * @param website where it is on the web
 * @param contactName whom to talk to; personal, no filter, sort or search field
 * @param email their address; personal, no filter, sort or search field
 * @param phone their number in E.164; personal, no filter, sort or search field
 * @param country ISO 3166-1 alpha-2
 * @param locale BCP 47
 * @param timeZone of the IANA database
 */
@Embeddable
public record Business(
        String name,
        @Nullable String legalName,
        @Nullable String industry,
        @Nullable String website,
        @Nullable String contactName,
        @Nullable String email,
        @Nullable String phone,
        @Nullable String country,
        @Nullable String locale,
        @Column(name = "time_zone") @Nullable String timeZone) {}

/** The HTTP face of plans and of the limits that a tenant has by them. */
@NullMarked
package com.misybot.tenancy.tenant.plan.web;

import org.jspecify.annotations.NullMarked;

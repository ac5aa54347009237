/** The HTTP face of provisioning. */
@NullMarked
package com.misybot.tenancy.provisioning.web;

import org.jspecify.annotations.NullMarked;

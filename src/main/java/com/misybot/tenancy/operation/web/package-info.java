/** The HTTP face of operations. */
@NullMarked
package com.misybot.tenancy.operation.web;

import org.jspecify.annotations.NullMarked;

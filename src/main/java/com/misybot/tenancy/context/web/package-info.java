/** The HTTP face of the context: resolve, one or many, and what operators ask about it. */
@NullMarked
package com.misybot.tenancy.context.web;

import org.jspecify.annotations.NullMarked;

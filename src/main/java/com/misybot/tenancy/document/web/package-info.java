/** The HTTP face of collections and documents. */
@NullMarked
package com.misybot.tenancy.document.web;

import org.jspecify.annotations.NullMarked;

/** How requests are handled: what handler methods may take, and how what they throw is answered. */
@NullMarked
package com.misybot.tenancy.web.mvc;

import org.jspecify.annotations.NullMarked;

package com.misybot.violations.util;

/** Lies in a bag package. */
final class Bag {}

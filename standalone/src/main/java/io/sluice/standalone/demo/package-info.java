/**
 * The demonstration: a warehouse with generated customers and orders, two syncs made through the public API, three runs,
 * and a comparison of every number with an independent model of what should have happened.
 */
package io.sluice.standalone.demo;

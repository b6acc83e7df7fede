/**
 * Reading JSON once and exactly: numbers keep their digits, arrays and objects stay the text they are. No tree is built.
 */
package io.sluice.mapping.engine.json;

/** The loader's settings. */
package io.sluice.loader.config;

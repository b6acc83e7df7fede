/** Connection settings described as data, validated all at once, with secrets that do not print. */
package io.sluice.connector.settings;

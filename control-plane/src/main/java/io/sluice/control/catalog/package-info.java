/** What sources and destinations consist of: tables, models, columns, objects and fields, cached (SRC-6, DST-8). */
package io.sluice.control.catalog;

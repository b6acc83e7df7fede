/** Starting and stopping runs: by the API, by schedule, after another sync (RUN-1 to RUN-17). */
package io.sluice.control.trigger;

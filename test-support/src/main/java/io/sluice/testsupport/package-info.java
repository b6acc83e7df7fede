/**
 * What tests of all modules share: real parts ({@link io.sluice.testsupport.Parts}), waiting for conditions ({@link
 * io.sluice.testsupport.Eventually}), real input ({@link io.sluice.testsupport.SharedData}), clocks. Test scope only.
 */
package io.sluice.testsupport;

/** What the outcomes of runs mean for a state that the source keeps itself, as plain code (requirements ENG-18, AC-22). */
package io.sluice.extractor.commit;

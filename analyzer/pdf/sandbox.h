#ifndef PDF_SANDBOX_H
#define PDF_SANDBOX_H

/*
 * Gives up what reading a PDF does not need, before the first byte of it is looked at: memory and
 * time beyond limits, files, network, processes, signals.  Once done there is no way back.
 */
void sandbox_enter(void);

#endif

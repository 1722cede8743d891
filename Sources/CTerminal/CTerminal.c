#include "CTerminal.h"
void sb_stub(void){}

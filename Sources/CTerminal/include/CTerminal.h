void sb_stub(void);

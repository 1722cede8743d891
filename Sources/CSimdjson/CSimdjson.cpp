extern "C" void sb_json_stub(void){}

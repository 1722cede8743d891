module switchboard/peer

go 1.19

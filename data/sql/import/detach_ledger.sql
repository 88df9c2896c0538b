use memory;
detach ledger;

-- The ledger of a home that had none until now. What was judged in memory lands in it.
attach '{path}' as ledger;
use ledger;

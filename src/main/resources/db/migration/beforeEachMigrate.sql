-- A migration of much data takes as long as it takes; only until its transaction ends, because the connection goes back
-- to the pool.
set local statement_timeout = 0;

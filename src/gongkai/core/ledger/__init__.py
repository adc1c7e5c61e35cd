"""The ledger of an agency: dated facts, never changed, from which every state and every figure follows."""

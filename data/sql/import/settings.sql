-- Rows find each other by their numbers. Nothing spills to disk: what is staged holds NIKs in clear, and a killed
-- process would leave them there.
set preserve_insertion_order = false;
set temp_directory = '';

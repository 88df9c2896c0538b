"""What is carried into a meeting: files made of rows that are already computed; no streamlit."""

"""Everything that knows Streamlit or altair: frame, controls, tables, charts."""

namespace palimpsest {
}

int main(void) {
    break;
    case 3: ;
    goto nowhere;
    continue;
    return 0;
}
